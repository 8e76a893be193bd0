using System.CommandLine;
using TopicGrpc.Client.Predictions;

namespace TopicGrpc.Cli.Options;

/// <summary><c>--mode</c>: how the topic of a text is predicted.</summary>
internal sealed class PredictModeOption
{
    private const string Density = "density";
    private const string Centroid = "centroid";

    private readonly Option<string?> _mode = new("--mode")
    {
        Description = "Prediction mode. density: UMAP and HDBSCAN membership; centroid: the nearest topic embedding. Default: density if "
            + "the version supports it, otherwise centroid.",
    };

    public PredictModeOption() => _mode.AcceptOnlyFromAmong(Density, Centroid);

    public void AddTo(Command command) => command.Add(_mode);

    public PredictMode Read(ParseResult parsed) => parsed.GetValue(_mode) switch
    {
        Density => PredictMode.Density,
        Centroid => PredictMode.Centroid,
        _ => PredictMode.Automatic,
    };
}
