using System.CommandLine;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Commands.Workflow;

/// <summary>What the caller of <c>fit</c> knows beforehand; each takes the place of the same key of the settings file.</summary>
internal sealed class GuidanceOptions
{
    private readonly Option<string[]> _seeds = new("--seed-topic") { Description = "Topic to look for by its words, such as moon,rocket,orbit; may be repeated." };
    private readonly Option<string[]> _zeroShot = new("--zero-shot-topic") { Description = "Name of a topic that documents are given to first; may be repeated." };
    private readonly Option<string?> _target = new("--target-attribute") { Description = "Field whose values are drawn together (Python y); empty or -1: unknown." };
    private readonly Option<string?> _topics = new("--topic-attribute") { Description = "Field whose values are the topics; nothing is clustered. Empty or -1: an outlier." };

    public void AddTo(Command command)
    {
        command.Add(_seeds);
        command.Add(_zeroShot);
        command.Add(_target);
        command.Add(_topics);
    }

    public FitSettings Apply(ParseResult parsed, FitSettings settings) => settings with
    {
        SeedTopics = parsed.GetValue(_seeds) is { Length: > 0 } seeds
            ? [.. seeds.Select(static words => words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]
            : settings.SeedTopics,
        ZeroShotTopics = parsed.GetValue(_zeroShot) is { Length: > 0 } names ? names : settings.ZeroShotTopics,
        TargetAttribute = parsed.GetValue(_target) ?? settings.TargetAttribute,
        TopicAttribute = parsed.GetValue(_topics) ?? settings.TopicAttribute,
    };
}
