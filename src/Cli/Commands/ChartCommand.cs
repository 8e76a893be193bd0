using System.CommandLine;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Commands;

/// <summary><c>chart</c>: draws a version.</summary>
internal static class ChartCommand
{
    private const string Bars = "bars";
    private const string Documents = "documents";

    public static Command Create(CliContext context)
    {
        Argument<string> model = new("model") { Description = "Model, with a version or a label where wanted: news, news@7, news@stable." };
        Option<string> kind = new("--kind") { Description = "bars: words of the topics; documents: the documents on a plane.", DefaultValueFactory = _ => Bars };
        kind.AcceptOnlyFromAmong(Bars, Documents);
        Option<string?> file = new("--out") { Description = "SVG file to write. Default: barchart.svg or clusters.svg." };
        Option<int?> topics = new("--topics") { Description = "Topics drawn, the largest first." };
        Option<double?> sample = new("--sample") { Description = "Share of the documents of each topic that is drawn, above 0 to 1." };
        Option<bool> hideTexts = new("--hide-texts") { Description = "Leave out the texts shown under the pointer." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("chart", "Draws a model as SVG.") { model, kind, file, topics, sample, hideTexts };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            bool bars = parsed.GetRequiredValue(kind) == Bars;
            string path = parsed.GetValue(file) ?? (bars ? "barchart.svg" : "clusters.svg");
            ChartOptions options = new() { MaxTopics = parsed.GetValue(topics), Sample = parsed.GetValue(sample), HideDocumentHover = parsed.GetValue(hideTexts) };
            await using ServerConnection connection = server.Connect(parsed);
            var selector = ModelSelector.FromString(parsed.GetRequiredValue(model));
            Chart chart = await connection.CallAsync(client => client.RenderChartAsync(selector, bars ? ChartKind.Bars : ChartKind.DocumentMap, options, token));
            await File.WriteAllTextAsync(path, chart.Svg, token);
            json.Context(parsed).Terminal.Line(FormattableString.Invariant($"wrote {path} of {chart.Model}@{chart.Version}"));
            await json.WriteAsync(parsed, new { chart.Model, chart.Version, File = Path.GetFullPath(path) });
            return ExitCodes.Ok;
        });
        return command;
    }
}
