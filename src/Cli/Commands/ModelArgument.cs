using System.CommandLine;
using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Commands;

/// <summary>The model that a command reads, with a version or a label where wanted.</summary>
internal sealed class ModelArgument
{
    private readonly Argument<string> _model = new("model") { Description = "Model, with a version or a label where wanted: news, news@7, news@stable." };

    public void AddTo(Command command) => command.Add(_model);

    public ModelSelector Read(ParseResult parsed) => ModelSelector.FromString(parsed.GetRequiredValue(_model));
}
