using System.CommandLine;
using TopicGrpc.Cli.Names;
using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Cli.Options;

/// <summary>The argument for the model that a command reads, with an optional version or label.</summary>
internal sealed class ModelArgument
{
    private const string Description =
        "Model with an optional version or label: news, news@7, news@stable. Default version: the one in service.";

    private readonly Argument<string> _model = new("model") { Description = Description };

    public void AddTo(Command command) => command.Add(_model);

    public ModelSelector Read(ParseResult parsed) => VersionNames.Selector(parsed.GetRequiredValue(_model));
}
