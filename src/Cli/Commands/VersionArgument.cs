using System.CommandLine;
using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Commands;

/// <summary>The version that a command changes, by number: a label might move under the command.</summary>
internal sealed class VersionArgument
{
    private readonly Argument<string> _version = new("version") { Description = "Version of a model: news@7." };

    public void AddTo(Command command) => command.Add(_version);

    public (string Model, long Number) Read(ParseResult parsed)
    {
        var selector = ModelSelector.FromString(parsed.GetRequiredValue(_version));
        return selector.Version is { } number
            ? (selector.Model, number)
            : throw new CliException($"\"{parsed.GetRequiredValue(_version)}\" names no version; write it as news@7", ExitCodes.BadInput);
    }
}
