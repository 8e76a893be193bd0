using System.Globalization;
using Microsoft.Extensions.Logging;
using TopicGrpc.ChildServer;
using TopicGrpc.Cluster;
using TopicGrpc.Server;
using TopicGrpc.Testing;

// A server with the fake encoder in a process of its own, for tests that kill it or limit its resources. Arguments: data folder, then
// options as key=value; abort=WORD and hang=WORD choose texts at which the encoder fails, delay=MILLISECONDS is the time of a text,
// port=PORT the port, and log=LEVEL prints a log. kill=STAGE,… and marks=FOLDER end the process in stages of a fit, see StageKiller. It
// ends at SIGTERM, when its input ends, and after a failure with exit code 1.
// With --fit: fits as many documents as the last argument says, with scratch files in the data folder, and ends.
// With --upgrade: opens the database of the data folder only, and is killed at the statement of the last argument.
if (args is ["--fit", { } scratch, { } documents])
{
    LimitedFit.Run(scratch, int.Parse(documents, CultureInfo.InvariantCulture));
    return;
}

if (args is ["--upgrade", { } folder, { } statement])
{
    KilledUpgrade.Run(folder, statement);
    return;
}

var options = args.Skip(1)
    .Select(static option => option.Split('=', 2))
    .ToDictionary(static pair => pair[0], static pair => (string?)pair[1]);
options.Remove("abort", out string? abort);
options.Remove("hang", out string? hang);
options.Remove("port", out string? port);
options.Remove("delay", out string? delay);
options.Remove("log", out string? log);
options.Remove("marks", out string? marks);
using StageKiller? killer = options.Remove("kill", out string? kill) ? new StageKiller(kill!, marks!) : null;
using FakeEmbedder embedder = new()
{
    Delay = TimeSpan.FromMilliseconds(double.Parse(delay ?? "0", CultureInfo.InvariantCulture)),
};
await using ServerHost host = await ServerHost.StartAsync(
    new ServerSettings
    {
        DataDirectory = args[0],
        Port = int.Parse(port ?? "0", CultureInfo.InvariantCulture),
        Embedder = new ChildEmbedder(embedder, abort, hang),
        Configuration = options,
        Compose = ClusterRegistration.AddCluster,
        ConsoleLogLevel = log is null ? null : Enum.Parse<LogLevel>(log),
    },
    CancellationToken.None);
await Console.Out.WriteLineAsync(host.Address.ToString());

// Reading the console blocks its thread, also in asynchronous methods.
Task input = Task.Factory.StartNew(Console.In.ReadToEnd, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
await Task.WhenAny(input, host.WaitForShutdownAsync(CancellationToken.None));
Environment.ExitCode = host.Failure is null ? 0 : 1;
