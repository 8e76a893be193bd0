using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Commands.Workflow;

/// <summary><c>chart</c>: draws a version.</summary>
internal static class ChartCommand
{
    /// <summary>Kind as typed, kind, file written by default.</summary>
    private static readonly (string Name, ChartKind Kind, string File)[] Kinds =
    [
        ("bars", ChartKind.Bars, "barchart.svg"),
        ("documents", ChartKind.DocumentMap, "clusters.svg"),
        ("topics", ChartKind.TopicMap, "topics.svg"),
        ("heatmap", ChartKind.Heatmap, "heatmap.svg"),
        ("hierarchy", ChartKind.Hierarchy, "hierarchy.svg"),
        ("term-rank", ChartKind.TermRank, "term-rank.svg"),
        ("over-time", ChartKind.TopicsOverTime, "over-time.svg"),
        ("per-class", ChartKind.TopicsPerClass, "per-class.svg"),
        ("distribution", ChartKind.Distribution, "distribution.svg"),
    ];

    public static Command Create(CliContext context)
    {
        Argument<string> model = new("model") { Description = "Model, with a version or a label where wanted: news, news@7, news@stable." };
        Option<string> kind = new("--kind")
        {
            Description = "bars: words of the topics; documents, topics: on a plane; heatmap, hierarchy: how alike topics are; term-rank: how scores fall; over-time, per-class: how often topics occur; distribution: the topics of one text.",
            DefaultValueFactory = _ => Kinds[0].Name,
        };
        kind.AcceptOnlyFromAmong([.. Kinds.Select(static kind => kind.Name)]);
        Option<string?> file = new("--out") { Description = "SVG file to write. Default: the kind's name, barchart.svg and clusters.svg for bars and documents." };
        Option<int?> topics = new("--topics") { Description = "Topics drawn, the largest first." };
        Option<double?> sample = new("--sample") { Description = "Share of the documents of each topic that is drawn, above 0 to 1." };
        Option<bool> hideTexts = new("--hide-texts") { Description = "Leave out the texts shown under the pointer." };
        Option<int?> bins = new("--bins") { Description = "over-time: bins of equal width. Default: every distinct time by itself." };
        Option<string?> attribute = new("--attribute") { Description = "per-class: attribute whose value is the class." };
        Option<string?> text = new("--text") { Description = "distribution: the text." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("chart", "Draws a model as SVG.") { model, kind, file, topics, sample, hideTexts, bins, attribute, text };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            (_, ChartKind drawn, string name) = Kinds.First(known => known.Name == parsed.GetRequiredValue(kind));
            string path = parsed.GetValue(file) ?? name;
            ChartOptions options = new()
            {
                MaxTopics = parsed.GetValue(topics),
                Sample = parsed.GetValue(sample),
                HideDocumentHover = parsed.GetValue(hideTexts),
                BinCount = parsed.GetValue(bins),
                Attribute = parsed.GetValue(attribute),
                Text = parsed.GetValue(text),
            };
            await using ServerConnection connection = server.Connect(parsed);
            var selector = ModelSelector.FromString(parsed.GetRequiredValue(model));
            Chart chart = await connection.CallAsync(client => client.RenderChartAsync(selector, drawn, options, token));
            await File.WriteAllTextAsync(path, chart.Svg, token);
            json.Context(parsed).Terminal.Line(FormattableString.Invariant($"wrote {path} of {chart.Model}@{chart.Version}"));
            await json.WriteAsync(parsed, new { chart.Model, chart.Version, File = Path.GetFullPath(path) });
            return ExitCodes.Ok;
        });
        return command;
    }
}
