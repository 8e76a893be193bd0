using System.CommandLine;
using System.Globalization;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Operations;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics relabel</c>: gives topics names.</summary>
internal static class TopicsRelabelCommand
{
    public static Command Create(CliContext context)
    {
        DerivationOptions derive = new(context);
        Argument<string[]> labels = new("name") { Description = "Topic and its name: \"3=Space flight\". An empty name takes it away. One or more.", Arity = ArgumentArity.OneOrMore };
        Command command = new("relabel", "Makes a version in which topics have names.");
        derive.AddTo(command);
        command.Add(labels);
        command.SetAction((parsed, token) => derive.RunAsync(parsed, new SetTopicLabels(Read(parsed.GetRequiredValue(labels))), token));
        return command;
    }

    private static Dictionary<int, string> Read(string[] labels)
    {
        Dictionary<int, string> byTopic = [];
        foreach (string label in labels)
        {
            int at = label.IndexOf('=', StringComparison.Ordinal);
            if (at < 0 || !int.TryParse(label.AsSpan(0, at), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int topic) || !byTopic.TryAdd(topic, label[(at + 1)..]))
            {
                throw new CliException($"\"{label}\" is no name of a topic, or the second of one; write it as \"3=Space flight\"", ExitCodes.BadInput);
            }
        }

        return byTopic;
    }
}
