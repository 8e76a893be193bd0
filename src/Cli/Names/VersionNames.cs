using TopicGrpc.Cli.Errors;
using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Cli.Names;

/// <summary>Models and versions as users write them: <c>news</c>, <c>news@7</c>, <c>news@stable</c>.</summary>
internal static class VersionNames
{
    /// <summary>Failure of an empty name.</summary>
    public const string EmptyModel = "the name of the model is empty; write it as news, news@7 or news@stable";

    /// <summary>Reads a model with an optional version or label.</summary>
    /// <exception cref="CliException">The text is empty.</exception>
    public static ModelSelector Selector(string text) => string.IsNullOrWhiteSpace(text)
        ? throw new CliException(EmptyModel, ExitCodes.BadInput)
        : ModelSelector.FromString(text);

    /// <summary>Reads a version by number. A label is rejected: it could move to another version before the command runs.</summary>
    /// <exception cref="CliException">The text contains no version number.</exception>
    public static ModelSelector Numbered(string text)
    {
        ModelSelector selector = Selector(text);
        return selector.Version is null
            ? throw new CliException($"\"{text}\" has no version number; write it as news@7", ExitCodes.BadInput)
            : selector;
    }
}
