using System.CommandLine;
using TopicGrpc.Client.Predictions;

namespace TopicGrpc.Cli.Options;

/// <summary>Options of <c>predict</c>: what an answer contains, and how the topic is found.</summary>
internal sealed class PredictionOptions
{
    private readonly Option<bool> _probabilities = new("--probabilities") { Description = "Return the probabilities of all topics." };
    private readonly Option<bool> _path = new("--path") { Description = "Return the topic of each layer, from fine to coarse." };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "Routing key, up to 128 bytes: a traffic policy sends equal keys to the same version. Default: the text is the "
            + "key.",
    };

    private readonly Option<bool> _asNew = new("--as-new") { Description = "Answer as if the texts were not documents of the version." };
    private readonly PredictModeOption _mode = new();

    public void AddTo(Command command)
    {
        command.Add(_probabilities);
        command.Add(_path);
        command.Add(_key);
        command.Add(_asNew);
        _mode.AddTo(command);
    }

    public PredictOptions Read(ParseResult parsed) => new()
    {
        IncludeProbabilities = parsed.GetValue(_probabilities),
        IncludePath = parsed.GetValue(_path),
        Mode = _mode.Read(parsed),
        RoutingKey = parsed.GetValue(_key),
        AsNewText = parsed.GetValue(_asNew),
    };
}
