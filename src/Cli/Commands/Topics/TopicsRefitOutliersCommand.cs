using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Settings;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Operations;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics refit-outliers</c>: finds topics among the outliers.</summary>
internal static class TopicsRefitOutliersCommand
{
    public static Command Create(CliContext context)
    {
        DerivationOptions derive = new(context);
        Option<int?> size = LimitedOption.Create<int>(
            "--min-cluster-size",
            OperationFields.RefitSize,
            NumberParsing.Whole<int>,
            "Lowest number of documents of a new topic",
            "Default: half of the version's, at least 5.");
        Command command = new(
            "refit-outliers", "Makes a new version with topics found among the outliers; the other topics keep documents and uids.");
        derive.AddTo(command);
        command.Add(size);
        command.SetAction((parsed, token) => derive.RunAsync(parsed, new RefitOutliers(parsed.GetValue(size)), token));
        return command;
    }
}
