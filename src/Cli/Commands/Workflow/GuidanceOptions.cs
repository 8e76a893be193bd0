using System.CommandLine;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Commands.Workflow;

/// <summary>Options of <c>fit</c> that guide it by prior knowledge; each replaces the same key of the settings file.</summary>
internal sealed class GuidanceOptions
{
    private readonly Option<string[]> _seeds = new("--seed-topic")
    {
        Description = "Words of an expected topic, such as moon,rocket,orbit; repeatable, up to 500 topics. Default: none.",
    };

    private readonly Option<string[]> _zeroShot = new("--zero-shot-topic")
    {
        Description = "Name of a topic, 1 to 256 bytes: documents similar to it are assigned to it before clustering; repeatable, up to "
            + "500. Default: none.",
    };

    private readonly Option<string?> _target = new("--target-attribute")
    {
        Description = "Attribute whose values are classes for supervised UMAP (Python y); an empty value or -1 means unknown. Default: "
            + "none.",
    };

    private readonly Option<string?> _topics = new("--topic-attribute")
    {
        Description = "Attribute whose values are the topics, instead of clustering; an empty value or -1 means outlier. Default: none.",
    };

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
