using System.CommandLine;
using TopicGrpc.Cli.Names;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Settings;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Operations;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics outliers</c>: assigns outliers to topics.</summary>
internal static class TopicsOutliersCommand
{
    public static Command Create(CliContext context)
    {
        DerivationOptions derive = new(context);
        Option<string> strategy = new("--strategy")
        {
            Description = "Comparison of outliers and topics. distributions: approximate distributions over topics; probabilities: "
                + "HDBSCAN membership; "
                + "c-tf-idf: cosine of c-TF-IDF vectors; embeddings: cosine of embeddings.",
            HelpName = "strategy",
            DefaultValueFactory = _ => OutlierStrategyNames.Default,
        };
        strategy.AcceptOnlyFromAmong(OutlierStrategyNames.All);
        Option<double?> threshold = LimitedOption.Create<double>(
            "--threshold",
            OperationFields.Threshold,
            NumberParsing.Number<double>,
            "Lowest similarity or probability that assigns an outlier to a topic",
            "Default: 0.");
        Command command = new("outliers", "Makes a new version in which outliers are assigned to the most similar topics.");
        derive.AddTo(command);
        command.Add(strategy);
        command.Add(threshold);
        command.SetAction((parsed, token) =>
        {
            OutlierStrategy chosen = OutlierStrategyNames.StrategyOf(parsed.GetRequiredValue(strategy));
            return derive.RunAsync(parsed, new ReduceOutliers(chosen, parsed.GetValue(threshold) ?? 0), token);
        });
        return command;
    }
}
