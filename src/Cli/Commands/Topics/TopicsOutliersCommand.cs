using System.CommandLine;
using TopicGrpc.Cli.Names;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Operations;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics outliers</c>: gives outliers to topics.</summary>
internal static class TopicsOutliersCommand
{
    public static Command Create(CliContext context)
    {
        DerivationOptions derive = new(context);
        Option<string> strategy = new("--strategy") { Description = "What is compared.", DefaultValueFactory = _ => OutlierStrategyNames.Default };
        strategy.AcceptOnlyFromAmong(OutlierStrategyNames.All);
        Option<double> threshold = new("--threshold") { Description = "Least similarity or probability, 0 to 1; what is less stays an outlier.", DefaultValueFactory = _ => 0 };
        Command command = new("outliers", "Makes a version whose outliers are given to the topics they resemble.");
        derive.AddTo(command);
        command.Add(strategy);
        command.Add(threshold);
        command.SetAction((parsed, token) => derive.RunAsync(parsed, new ReduceOutliers(OutlierStrategyNames.StrategyOf(parsed.GetRequiredValue(strategy)), parsed.GetValue(threshold)), token));
        return command;
    }
}
