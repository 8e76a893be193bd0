using System.CommandLine;
using TopicGrpc.Cli.Names;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Settings;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Operations;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models predictions</c>: changes how a version treats new texts.</summary>
internal static class ModelsPredictionsCommand
{
    public static Command Create(CliContext context)
    {
        DerivationOptions derive = new(context);
        Option<string?> policy = new("--outliers")
        {
            Description = "Treatment of texts in no topic. keep: they stay outliers; nearest: they get the nearest topic if it is similar "
                + "enough; all: they get the nearest topic. Default: as in the parent.",
            HelpName = "policy",
        };
        policy.AcceptOnlyFromAmong(OutlierPolicyNames.All);
        Option<double?> similarity = LimitedOption.Create<double>(
            "--min-similarity",
            OperationFields.OutlierMinSimilarity,
            NumberParsing.Number<double>,
            "Lowest cosine similarity of an outlier and the topic that the policy nearest assigns",
            "Default: as in the parent.");
        Option<double?> threshold = LimitedOption.Create<double>(
            "--novelty-threshold",
            OperationFields.NoveltyThreshold,
            NumberParsing.Number<double>,
            "Novelty below which a text is novel: the expected share of familiar texts that are reported",
            "Default: as in the parent.");
        Command command = new("predictions", "Makes a new version that treats new texts in another way.");
        derive.AddTo(command);
        command.Add(policy);
        command.Add(similarity);
        command.Add(threshold);
        command.SetAction((parsed, token) => derive.RunAsync(
            parsed,
            new UpdatePredictions
            {
                OutlierPolicy = parsed.GetValue(policy),
                OutlierMinSimilarity = parsed.GetValue(similarity),
                NoveltyThreshold = parsed.GetValue(threshold),
            },
            token));
        return command;
    }
}
