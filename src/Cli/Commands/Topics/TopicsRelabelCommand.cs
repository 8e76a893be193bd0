using System.CommandLine;
using System.Globalization;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Operations;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics relabel</c>: sets custom labels of topics.</summary>
internal static class TopicsRelabelCommand
{
    public static Command Create(CliContext context)
    {
        DerivationOptions derive = new(context);
        Argument<string[]> labels = new("label")
        {
            Description = "Number of a topic and its custom label: \"3=Space flight\". An empty label removes it. One or more.",
            Arity = ArgumentArity.OneOrMore,
        };
        Command command = new("relabel", "Makes a new version in which topics have custom labels.");
        derive.AddTo(command);
        command.Add(labels);
        command.SetAction((parsed, token) =>
            derive.RunAsync(parsed, new SetTopicLabels(Read(parsed.GetRequiredValue(labels))), token));
        return command;
    }

    private static Dictionary<int, string> Read(string[] labels)
    {
        Dictionary<int, string> byTopic = [];
        foreach (string label in labels)
        {
            int at = label.IndexOf('=', StringComparison.Ordinal);
            if (at < 0 || !int.TryParse(label.AsSpan(0, at), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int topic))
            {
                throw new CliException($"\"{label}\" is not a custom label of a topic; write it as \"3=Space flight\"", ExitCodes.BadInput);
            }

            if (!byTopic.TryAdd(topic, label[(at + 1)..]))
            {
                throw new CliException(FormattableString.Invariant($"topic {topic} has two custom labels; give one"), ExitCodes.BadInput);
            }
        }

        return byTopic;
    }
}
