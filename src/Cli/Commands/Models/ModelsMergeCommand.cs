using System.CommandLine;
using TopicGrpc.Cli.Names;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Settings;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models merge</c>: merges versions of models that share an encoder.</summary>
internal static class ModelsMergeCommand
{
    public static Command Create(CliContext context)
    {
        DerivationOptions derive = new(context);
        Argument<string[]> versions = new("version")
        {
            Description = "Versions to merge into the model, by number: sport@2 press@7; 1 to 16.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<double?> similarity = LimitedOption.Create<double>(
            "--min-similarity",
            OperationFields.MinSimilarity,
            NumberParsing.Number<double>,
            "Lowest cosine similarity at which a topic joins an existing one",
            "Default: that of the server, 0.7 as in BERTopic.");
        Command command = new(
            "merge",
            "Makes a new version from several: a topic joins the most similar topic of the versions before it, or is added if none is "
                + "similar.");
        derive.AddTo(command);
        command.Add(versions);
        command.Add(similarity);
        command.SetAction((parsed, token) =>
        {
            IEnumerable<ModelSelector> others = parsed.GetRequiredValue(versions).Select(VersionNames.Numbered);
            return derive.RunAsync(parsed, new MergeModels([.. others], parsed.GetValue(similarity)), token);
        });
        return command;
    }
}
