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

/// <summary>What all commands share that derive a version: the model, labels for the result, the server, the way the result is shown.</summary>
internal sealed class DerivationOptions
{
    private readonly ModelArgument _model = new();
    private readonly Option<string[]> _labels = new("--label") { Description = "Label to set to the new version, such as stable; may be repeated. Default: none, the version in service stays." };
    private readonly ServerOption _server;
    private readonly JsonOption _json;

    public DerivationOptions(CliContext context)
    {
        _server = new ServerOption(context);
        _json = new JsonOption(context);
    }

    /// <summary>Adds the model, which must be the first argument of the command.</summary>
    public void AddTo(Command command)
    {
        _model.AddTo(command);
        command.Add(_labels);
        _server.AddTo(command);
        _json.AddTo(command);
    }

    /// <summary>Derives, waits and shows the topics of the new version.</summary>
    public async Task<int> RunAsync(ParseResult parsed, VersionOperation operation, CancellationToken cancellationToken)
    {
        await using ServerConnection server = _server.Connect(parsed);
        Terminal terminal = _json.Context(parsed).Terminal;
        DeriveOptions options = new() { Labels = parsed.GetValue(_labels) ?? [] };
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
