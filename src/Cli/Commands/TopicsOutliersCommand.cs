using System.CommandLine;
using TopicGrpc.Client.Operations;

namespace TopicGrpc.Cli.Commands;

/// <summary><c>topics outliers</c>: gives outliers to topics.</summary>
internal static class TopicsOutliersCommand
{
    private static readonly Dictionary<string, OutlierStrategy> Strategies = new(StringComparer.Ordinal)
    {
        ["distributions"] = OutlierStrategy.Distributions,
        ["probabilities"] = OutlierStrategy.Probabilities,
        ["c-tf-idf"] = OutlierStrategy.ClassTfIdf,
        ["embeddings"] = OutlierStrategy.Embeddings,
    };

    public static Command Create(CliContext context)
    {
        DeriveOptionSet derive = new(context);
        Option<string> strategy = new("--strategy") { Description = "What is compared.", DefaultValueFactory = _ => "distributions" };
        strategy.AcceptOnlyFromAmong([.. Strategies.Keys]);
        Option<double> threshold = new("--threshold") { Description = "Least similarity or probability, 0 to 1; what is less stays an outlier.", DefaultValueFactory = _ => 0 };
        Command command = new("outliers", "Makes a version whose outliers are given to the topics they resemble.");
        derive.AddTo(command);
        command.Add(strategy);
        command.Add(threshold);
        command.SetAction((parsed, token) => derive.RunAsync(parsed, new ReduceOutliers(Strategies[parsed.GetRequiredValue(strategy)], parsed.GetValue(threshold)), token));
        return command;
    }

    /// <summary>The strategy of a Python name.</summary>
    /// <returns>Null for no name of a strategy.</returns>
    public static OutlierStrategy? Find(string name) => Strategies.TryGetValue(name, out OutlierStrategy strategy) ? strategy : null;
}
