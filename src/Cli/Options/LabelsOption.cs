using System.CommandLine;

namespace TopicGrpc.Cli.Options;

/// <summary><c>--label</c>: labels that a command sets on the version it makes.</summary>
internal sealed class LabelsOption
{
    private readonly Option<string[]> _labels = new("--label")
    {
        Description = "Label to set on the new version, such as stable; repeatable. Default: none, so the version in service does not "
            + "change.",
    };

    public void AddTo(Command command) => command.Add(_labels);

    public IReadOnlyList<string> Read(ParseResult parsed) => parsed.GetValue(_labels) ?? [];
}
