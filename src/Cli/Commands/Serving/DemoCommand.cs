using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Input;
using TopicGrpc.Cli.Jobs;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Settings;
using TopicGrpc.Server;

namespace TopicGrpc.Cli.Commands.Serving;

/// <summary><c>demo</c>: serves, ingests, fits, draws and predicts on the shipped sample.</summary>
internal static class DemoCommand
{
    private const string Model = "state-of-the-union";

    private static readonly Dictionary<string, string?> PagePort = new() { ["Server:HttpPort"] = "0" };

    private static readonly string[] NewTexts =
    [
        "We must bring down the cost of prescription drugs and protect Medicare for our seniors.",
        "The Soviet Union must not be allowed to gain an advantage in nuclear missiles.",
    ];

    public static Command Create(CliContext context)
    {
        Option<string> folder = new("--out")
        {
            Description = "Folder for charts, report and documents; created if missing.",
            DefaultValueFactory = _ => "out",
        };
        Option<bool> keepRunning = new("--keep-running") { Description = "Keep the server running until Ctrl+C, for further calls." };
        SettingsOption settings = new();
        LocalServerOptions local = new();
        JsonOption json = new(context);
        Command command = new(
            "demo",
            "Runs server, ingest, fit, charts and predictions on the sample: 3,119 passages of addresses to Congress.")
        {
            folder,
            keepRunning,
        };
        settings.AddTo(command);
        local.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            CliContext own = json.Context(parsed);
            string output = parsed.GetRequiredValue(folder);
            using var data = DataFolder.Below(output);
            ServerSettings server = local.Read(parsed, data.Path, reflection: true) with { Configuration = PagePort };
            FitSettings fit = await settings.ReadAsync(parsed, SampleFiles.Settings, token);
            return await RunAsync(own, output, server, fit, parsed.GetValue(keepRunning), report => json.WriteAsync(parsed, report), token);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CliContext context,
        string output,
        ServerSettings settings,
        FitSettings fit,
        bool keepRunning,
        Func<JobReport, Task> write,
        CancellationToken cancellationToken)
    {
        using var source = InputSource.Open(SampleFiles.Documents, new InputFields(Time: "year"), NewsgroupParts.None);
        JobRequest request = new()
        {
            Input = await InputSurvey.ReadAsync(source, cancellationToken),
            Corpus = Model,
            Model = Model,
            Settings = fit,
            OutputFolder = output,
            Texts = NewTexts,
        };
        await using ServerConnection server = await ServerConnection.StartAsync(settings, cancellationToken);
        context.Terminal.Heading($"server on {server.Addresses[0].Authority}, sample {source.Path}");
        TopicJob job = new(server.Client, context.Terminal, context.Clock);
        JobResult result = await server.CallAsync(_ => job.RunAsync(request, cancellationToken));
        await write(JobReport.Of(result));

        context.Terminal.Line();
        context.Terminal.Line(keepRunning
            ? "the server is running; call it from another terminal:"
            : "with --keep-running the server stays up for calls such as:");
        context.Terminal.Line($"  {GrpcurlLines.Predict(server.Addresses[0], Model, NewTexts[0])}");
        context.Terminal.Line($"  {GrpcurlLines.ListTopics(server.Addresses[0], Model)}");
        if (keepRunning)
        {
            context.Terminal.Line($"  web page: {server.PageAddress}");
            context.Terminal.Line("Press Ctrl+C to stop it.");
            await server.WaitForShutdownAsync(cancellationToken);
        }

        return ExitCodes.Ok;
    }
}
