/** DescribeConfigs and IncrementalAlterConfigs. */
export interface ConfigApi {
  readonly request: DescribeConfigsRequest | IncrementalAlterConfigsRequest;
  readonly response: DescribeConfigsResponse | IncrementalAlterConfigsResponse;
}

export type ConfigResourceType = "TOPIC" | "BROKER" | "GROUP";
export interface DescribeConfigsRequest {
  readonly api: "DescribeConfigs";
  readonly resources: readonly {
    readonly resourceType: ConfigResourceType;
    readonly resourceName: string;
    /** null asks for every config. */
    readonly configurationKeys: readonly string[] | null;
  }[];
}
export interface DescribeConfigsResponse {
  readonly api: "DescribeConfigs";
  readonly results: readonly {
    readonly errorCode: number;
    readonly resourceType: ConfigResourceType;
    readonly resourceName: string;
    readonly configs: readonly {
      readonly name: string;
      readonly value: string | null;
      readonly isDefault: boolean;
      readonly defaultValue: string | null;
    }[];
  }[];
}

export interface IncrementalAlterConfigsRequest {
  readonly api: "IncrementalAlterConfigs";
  readonly resources: readonly {
    readonly resourceType: ConfigResourceType;
    readonly resourceName: string;
    readonly configs: readonly {
      readonly name: string;
      /** 0 set, 1 delete. */
      readonly configOperation: number;
      readonly value: string | null;
    }[];
  }[];
}
export interface IncrementalAlterConfigsResponse {
  readonly api: "IncrementalAlterConfigs";
  readonly responses: readonly {
    readonly errorCode: number;
    readonly errorMessage: string | null;
    readonly resourceType: ConfigResourceType;
    readonly resourceName: string;
  }[];
}
