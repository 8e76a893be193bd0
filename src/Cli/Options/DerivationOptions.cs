using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Jobs;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Operations;

namespace TopicGrpc.Cli.Options;

/// <summary>Options that all commands share that derive a version, and the derivation itself.</summary>
internal sealed class DerivationOptions
{
    private readonly ModelArgument _model = new();
    private readonly LabelsOption _labels = new();
    private readonly ServerOption _server;
    private readonly JsonOption _json;

    public DerivationOptions(CliContext context)
    {
        _server = new ServerOption(context);
        _json = new JsonOption(context);
    }

    /// <summary>Adds the model and the options. Call it before adding other arguments: the model comes first.</summary>
    public void AddTo(Command command)
    {
        _model.AddTo(command);
        _labels.AddTo(command);
        _server.AddTo(command);
        _json.AddTo(command);
    }

    /// <summary>Derives a version, waits for it and writes its topics.</summary>
    public async Task<int> RunAsync(ParseResult parsed, VersionOperation operation, CancellationToken cancellationToken)
    {
        await using ServerConnection server = _server.Connect(parsed);
        Terminal terminal = _json.Context(parsed).Terminal;
        DeriveOptions options = new() { Labels = _labels.Read(parsed) };
        DerivationResult result = await server.CallAsync(client =>
            new DerivationJob(client, terminal).RunAsync(_model.Read(parsed), operation, options, cancellationToken));
        terminal.Heading(FormattableString.Invariant($"{result.Topics.Model}@{result.Topics.Version} from version {result.Parent}"));
        terminal.Write(TopicTable.Of(result.Topics.Topics));
        if (result.Report.Quality is { } quality)
        {
            terminal.Line(QualityLine.Of(quality));
        }

        foreach (string warning in result.Report.Warnings)
        {
            terminal.Line($"warning: {warning}");
        }

        await _json.WriteAsync(parsed, new
        {
            result.Topics.Model,
            result.Topics.Version,
            result.Parent,
            Seconds = Math.Round(result.Report.Elapsed.TotalSeconds, 3),
            Outliers = result.Topics.OutlierCount,
            Quality = ReportQuality.Of(result.Report.Quality),
            result.Report.Warnings,
            Topics = result.Topics.Topics.Select(ReportTopic.Of),
        });
        return ExitCodes.Ok;
    }
}
