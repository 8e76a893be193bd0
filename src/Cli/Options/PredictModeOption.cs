using System.CommandLine;
using TopicGrpc.Client.Predictions;

namespace TopicGrpc.Cli.Options;

/// <summary><c>--mode</c>: how the topic of a text is found.</summary>
internal sealed class PredictModeOption
{
    private const string Density = "density";
    private const string Centroid = "centroid";

    private readonly Option<string?> _mode = new("--mode")
    {
        Description = "density: in the layout and among the clusters; centroid: the nearest mean vector. Default: density where the version can.",
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
