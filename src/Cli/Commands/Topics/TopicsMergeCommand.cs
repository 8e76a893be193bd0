using System.CommandLine;
using System.Globalization;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Operations;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics merge</c>: merges topics.</summary>
internal static class TopicsMergeCommand
{
    public static Command Create(CliContext context)
    {
        DerivationOptions derive = new(context);
        Argument<string[]> groups = new("group")
        {
            Description = "Numbers of topics to merge into one, separated by commas: 3,5 or 3,5,9. One or more groups.",
            Arity = ArgumentArity.OneOrMore,
        };
        Command command = new("merge", "Makes a new version in which topics are merged.");
        derive.AddTo(command);
        command.Add(groups);
        command.SetAction((parsed, token) =>
            derive.RunAsync(parsed, new MergeTopics([.. parsed.GetRequiredValue(groups).Select(Read)]), token));
        return command;
    }

    private static int[] Read(string group) => Array.ConvertAll(
        group.Split(','),
        topic => int.TryParse(topic, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int id)
            ? id
            : throw new CliException($"\"{group}\" is not a group of topics; write it as 3,5", ExitCodes.BadInput));
}
