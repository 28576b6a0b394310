#!/usr/bin/env bash
# An acknowledged message comes back when the broker process is killed soon after, from a durable classic queue as well, and though the
# broker has handled the acknowledgement. An acknowledgement is no more durable than a publish that nobody waits for: both are kept in
# memory until the queue has had nothing at all to do for 200 ms; only then is its index written to disk. Any question put to the queue
# starts those 200 ms again, be it only a passive declare: asked every 0.1 s, it had written nothing after 3 s. A publish can be confirmed,
# an acknowledgement cannot. So a consumer must be ready to get again what it has acknowledged.
# What does write at once is a persistent message published to the same queue with a confirm: when the confirm comes, the acknowledgements
# before it are on disk too.
# After the kill every message is marked as redelivered, those never delivered to anybody too: the mark tells nothing.
# That the broker has handled the acknowledgements is shown by a get on the same channel, which the queue takes after them. The message
# count of a passive declare does not show it: it leaves out what is delivered and not acknowledged, and the queue answers it before what waits.
# Meant is SIGKILL of the broker process alone; the machine lives on.
# (rabbit_amqqueue_process, next_state: "idle" waits SYNC_INTERVAL, 200 ms, for the next message to the queue's process, and "timed",
# when someone waits for a confirm, waits 0 ms; also prioritise_call and prioritise_cast there; rabbit_variable_queue, needs_timeout;
# rabbit_queue_index, needs_sync. RabbitMQ 3.10.8.)
#
# Seen with RabbitMQ 3.10.8 of Debian 12, Erlang 25.2.3, pika 1.4.4, one broker, a durable classic queue, 20 persistent messages. In the
# first six cases all 20 were confirmed, 1 s passed, and the first 10 were got and acknowledged; in the others the 20 were published without
# confirms. Then one more was got, and kept. "then" is what came after that, up to the last answer: the queue was asked by passive
# declares, one every 0.1 s, or one more message was published and confirmed. "killed after" is the time since the last answer:
#   at first         then           killed after  there again  acknowledged  redelivered
#   acknowledged 10  nothing        0.0 s         20           10            20
#   acknowledged 10  nothing        0.1 s         20           10            20
#   acknowledged 10  nothing        0.5 s         10           0             10
#   acknowledged 10  nothing        2.0 s         10           0             10
#   acknowledged 10  asked for 3 s  0.1 s         20           10            20
#   acknowledged 10  1 confirmed    0.0 s         11           0             11
#   published 20     nothing        0.1 s         0            0             0
#   published 20     nothing        0.5 s         20           0             20
#   published 20     asked for 3 s  0.1 s         0            0             0
# Run: bash findings/acknowledged-message-returns-after-broker-kill.sh   (Debian 12 with its package lists, and Python 3 with venv; it
# needs no root and installs nothing: the packages are unpacked into a temporary folder)
set -euo pipefail
folder=$(realpath "$(mktemp -d)")
# Ends what runs from the folder, and nothing else: the broker and its helpers.
end() {
  kill "${looking:-}" 2>/dev/null || true
  local process
  for process in /proc/[0-9]*; do
    case "$(readlink "$process/exe" 2>/dev/null)" in
      "$folder"/usr/*) kill -KILL "${process#/proc/}" 2>/dev/null || true ;;
    esac
  done
  sleep 0.5
  rm -rf "$folder"
}
trap end EXIT
cd "$folder"
mkdir packages home
erlang=1:25.2.3+dfsg-1+deb12u4
needed=(rabbitmq-server=3.10.8-1.1+deb12u1)
for part in base asn1 crypto eldap ftp inets mnesia os-mon parsetools public-key runtime-tools snmp ssl syntax-tools tftp tools xmerl; do
  needed+=("erlang-$part=$erlang")
done
(cd packages && apt-get -q -o APT::Sandbox::User=root download "${needed[@]}") >packages.log 2>&1 || { tail -5 packages.log; exit 1; }
for package in packages/*.deb; do dpkg -x "$package" .; done
rm -r packages
# The unpacked copies take their places from these two settings; without the change they would use an installed Erlang and its settings.
sed -i "s|/usr/lib/erlang|$folder/usr/lib/erlang|" usr/lib/erlang/bin/erl usr/lib/erlang/erts-*/bin/erl
sed -i "s|^SYS_PREFIX=.*|SYS_PREFIX=$folder|" usr/lib/rabbitmq/lib/rabbitmq_server-3.10.8/sbin/rabbitmq-defaults
python3 -m venv python
python/bin/pip -q --disable-pip-version-check install pika==1.4.4
read -r port distribution names < <(python3 -c 'import socket
sockets = [socket.socket() for _ in range(3)]
for one in sockets: one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in sockets))')
# Nothing of the caller's settings reaches the broker. One scheduler is enough here, and keeps the other cores free.
cat > broker.sh <<BROKER
exec env -i PATH="$folder/usr/lib/erlang/bin:/usr/bin:/bin" HOME="$folder/home" LANG=C.UTF-8 \\
  ERL_EPMD_PORT=$names ERL_EPMD_ADDRESS=127.0.0.1 \\
  RABBITMQ_NODENAME=finding@localhost RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$port RABBITMQ_DIST_PORT=$distribution \\
  RABBITMQ_MNESIA_BASE="$folder/data" RABBITMQ_LOG_BASE="$folder/log" RABBITMQ_PID_FILE="$folder/broker.pid" \\
  RABBITMQ_CONFIG_FILE="$folder/none" RABBITMQ_CONFIG_FILES="$folder/none.d" RABBITMQ_ADVANCED_CONFIG_FILE="$folder/none.config" \\
  RABBITMQ_CONF_ENV_FILE="$folder/none.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$folder/none.plugins" \\
  RABBITMQ_GENERATED_CONFIG_DIR="$folder/generated" RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+S 1:1" \\
  "$folder/usr/lib/rabbitmq/lib/rabbitmq_server-3.10.8/sbin/rabbitmq-server"
BROKER
cat > look.py <<'PYTHON'
import collections, os, pathlib, signal, subprocess, sys, time
import pika

folder, port = pathlib.Path(sys.argv[1]), int(sys.argv[2])
ALL, ACKNOWLEDGED, ASKED, EVERY, LATE = 20, 10, 3, 0.1, 0.05
PERSISTENT = pika.BasicProperties(delivery_mode=2)
ROW = "%-15s  %-13s  %-12s  %-11s  %-12s  %s"
Case = collections.namedtuple("Case", "first then delay found acknowledged redelivered")
CASES = [
    Case("acknowledged", "nothing", 0.0, 20, 10, 20),
    Case("acknowledged", "nothing", 0.1, 20, 10, 20),
    Case("acknowledged", "nothing", 0.5, 10, 0, 10),
    Case("acknowledged", "nothing", 2.0, 10, 0, 10),
    Case("acknowledged", "asked for 3 s", 0.1, 20, 10, 20),
    Case("acknowledged", "1 confirmed", 0.0, 11, 0, 11),
    Case("published", "nothing", 0.1, 0, 0, 0),
    Case("published", "nothing", 0.5, 20, 0, 20),
    Case("published", "asked for 3 s", 0.1, 0, 0, 0),
]


def connect():
    return pika.BlockingConnection(pika.ConnectionParameters("127.0.0.1", port))


def start():
    process_file = folder / "broker.pid"
    process_file.unlink(missing_ok=True)
    with open(folder / "broker.log", "a") as log:
        broker = subprocess.Popen(["bash", folder / "broker.sh"], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    until = time.monotonic() + 60
    while True:
        try:
            connection = connect()
            break
        except (OSError, pika.exceptions.AMQPError):
            if time.monotonic() > until or broker.poll() is not None:
                sys.exit("the broker has not started")
            time.sleep(0.2)
    process = int(process_file.read_text())
    runs = pathlib.Path(os.readlink(f"/proc/{process}/exe"))
    if not (runs.is_relative_to(folder) and runs.name == "beam.smp"):
        sys.exit("the running broker is not the one in the folder")
    told = connection._impl.server_properties["version"]
    if told != "3.10.8":
        sys.exit(f"the running broker is {told}")
    return broker, process, connection


def look(number, case, broker, process, connection):
    queue = f"queue-{number}"
    channel = connection.channel()
    channel.queue_declare(queue, durable=True)
    if case.first == "acknowledged":
        channel.confirm_delivery()
    else:
        time.sleep(1)  # the queue itself is on disk, and at rest
    for text in range(ALL):
        channel.basic_publish("", queue, str(text).encode(), PERSISTENT)
    if case.first == "acknowledged":
        time.sleep(1)
        for text in range(ACKNOWLEDGED):
            method, _, body = channel.basic_get(queue)
            assert int(body) == text and not method.redelivered
            channel.basic_ack(method.delivery_tag)
    # The queue takes this after what came before it on the channel: acknowledgements go ahead of it, and publishes stand in line with it.
    method, _, body = channel.basic_get(queue)
    left = method.message_count
    assert int(body) == (ACKNOWLEDGED if case.first == "acknowledged" else 0) and left == ALL - int(body) - 1
    answered = time.monotonic()
    until = answered + (ASKED if case.then == "asked for 3 s" else 0)
    while answered < until:
        time.sleep(EVERY)
        assert channel.queue_declare(queue, passive=True).method.message_count == left
        answered = time.monotonic()
    if case.then == "1 confirmed":
        channel.basic_publish("", queue, str(ALL).encode(), PERSISTENT)
        answered = time.monotonic()
    time.sleep(case.delay)
    os.kill(process, signal.SIGKILL)
    if time.monotonic() - answered > case.delay + LATE:
        sys.exit("the machine was too busy to kill the broker in time; run it again")
    broker.wait(30)
    if os.path.exists(f"/proc/{process}"):
        sys.exit("the broker lives on")
    broker, process, connection = start()
    channel = connection.channel()
    told = channel.queue_declare(queue, passive=True).method.message_count
    texts, redelivered = [], 0
    while True:
        method, _, body = channel.basic_get(queue, auto_ack=True)
        if method is None:
            break
        texts.append(int(body))
        redelivered += method.redelivered
    channel.queue_delete(queue)
    assert told == len(texts) and texts == sorted(set(texts)), (told, texts)
    acknowledged = sum(text < ACKNOWLEDGED for text in texts) if case.first == "acknowledged" else 0
    count = ACKNOWLEDGED if case.first == "acknowledged" else ALL
    print(ROW % (f"{case.first} {count}", case.then, f"{case.delay} s", len(texts), acknowledged, redelivered), flush=True)
    is_as_seen = (len(texts), acknowledged, redelivered) == (case.found, case.acknowledged, case.redelivered)
    if not is_as_seen:
        print(f"  expected: {case.found}, {case.acknowledged}, {case.redelivered}")
    return is_as_seen, broker, process, connection


print(ROW % ("at first", "then", "killed after", "there again", "acknowledged", "redelivered"), flush=True)
running = start()
all_as_seen = True
for number, case in enumerate(CASES):
    is_as_seen, *running = look(number, case, *running)
    all_as_seen &= is_as_seen
sys.exit(0 if all_as_seen else 1)
PYTHON
python/bin/python look.py "$folder" "$port" 2>look.log &
looking=$!
wait "$looking" || { echo "not as seen before"; tail -5 look.log; tail -5 broker.log 2>/dev/null; exit 1; }
