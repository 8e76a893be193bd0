using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Settings;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Operations;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics split</c>: divides one topic.</summary>
internal static class TopicsSplitCommand
{
    public static Command Create(CliContext context)
    {
        DerivationOptions derive = new(context);
        Argument<int> topic = new("topic")
        {
            CustomParser = NumberParsing.Whole<int>,
            Description = "Number of the topic to split, 0 or more.",
        };
        Option<int?> size = LimitedOption.Create<int>(
            "--min-cluster-size",
            OperationFields.SplitSize,
            NumberParsing.Whole<int>,
            "Lowest number of documents of a part",
            "Default: the most persistent size of the topic's density tree.");
        Command command = new("split", "Makes a new version in which one topic is divided; the other topics keep documents and uids.");
        derive.AddTo(command);
        command.Add(topic);
        command.Add(size);
        command.SetAction((parsed, token) =>
            derive.RunAsync(parsed, new SplitTopic(parsed.GetRequiredValue(topic), parsed.GetValue(size)), token));
        return command;
    }
}
