using System.CommandLine;
using TopicGrpc.Cli.Names;
using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Cli.Options;

/// <summary>The argument for the version that a command changes, by number.</summary>
internal sealed class VersionArgument
{
    private readonly Argument<string> _version = new("version") { Description = "Version by number: news@7." };

    public void AddTo(Command command) => command.Add(_version);

    public (string Model, long Number) Read(ParseResult parsed)
    {
        ModelSelector version = VersionNames.Numbered(parsed.GetRequiredValue(_version));
        return (version.Model, version.Version!.Value);
    }
}
