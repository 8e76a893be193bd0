using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Commands.Workflow;

/// <summary><c>chart</c>: draws a version as SVG.</summary>
internal static class ChartCommand
{
    /// <summary>Name on the command line, kind, default file.</summary>
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
        ("layers", ChartKind.Layers, "layers.svg"),
        ("resolution", ChartKind.Resolution, "resolution.svg"),
    ];

    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        Option<string> kind = new("--kind")
        {
            Description = "Chart. bars: words of the topics; documents, topics: maps in two dimensions; heatmap: cosine similarity of "
                + "topics; "
                + "hierarchy: dendrogram of topics; term-rank: weights of the words by rank; over-time, per-class: frequency of topics; "
                + "distribution: topics of one text; layers: topics at several resolutions; resolution: agreement of layouts and number of "
                + "topics by size of the smallest cluster.",
            HelpName = "kind",
            DefaultValueFactory = _ => Kinds[0].Name,
        };
        kind.AcceptOnlyFromAmong([.. Kinds.Select(static kind => kind.Name)]);
        Option<string?> file = new("--out")
        {
            Description = "SVG file to write. Default: KIND.svg, but barchart.svg for bars and clusters.svg for documents.",
        };
        Option<int?> topics = new("--topics")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = "Number of topics, the largest first, 1 to 1,000. Default: depends on the kind, 8 for bars.",
        };
        Option<double?> sample = new("--sample")
        {
            CustomParser = static result => NumberParsing.Share(result),
            Description = "Share of each topic's documents to draw, above 0 and up to 1. Default: the server limits the number of points.",
        };
        Option<bool> hideTexts = new("--hide-texts") { Description = "Omit the texts that appear under the pointer." };
        Option<int?> bins = new("--bins")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = "over-time: number of bins of equal width, 1 to 1,000. Default: one point for each distinct time.",
        };
        Option<string?> attribute = new("--attribute")
        {
            Description = "per-class: attribute whose values are the classes. Required for this kind.",
        };
        Option<string?> text = new("--text") { Description = "distribution: the text, up to 1 MiB. Required for this kind." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("chart", "Draws a chart of a model as SVG.");
        model.AddTo(command);
        foreach (Option option in new Option[] { kind, file, topics, sample, hideTexts, bins, attribute, text })
        {
            command.Add(option);
        }

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
            Chart chart = await connection.CallAsync(client => client.RenderChartAsync(model.Read(parsed), drawn, options, token));
            await File.WriteAllTextAsync(path, chart.Svg, token);
            json.Context(parsed).Terminal.Line(FormattableString.Invariant($"wrote {path}, chart of {chart.Model}@{chart.Version}"));
            await json.WriteAsync(parsed, new { chart.Model, chart.Version, File = Path.GetFullPath(path) });
            return ExitCodes.Ok;
        });
        return command;
    }
}
