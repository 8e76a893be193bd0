using System.CommandLine;
using TopicGrpc.Cli.Names;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Operations;

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
        Option<double> similarity = new("--min-similarity")
        {
            CustomParser = static result => NumberParsing.Number<double>(result),
            Description = "Lowest cosine similarity at which a topic joins an existing one, -1 to 1.",
            DefaultValueFactory = _ => new MergeModels([]).MinSimilarity,
        };
        Command command = new(
            "merge",
            "Makes a new version from several: a topic joins the most similar topic of the versions before it, or is added if none is "
                + "similar.");
        derive.AddTo(command);
        command.Add(versions);
        command.Add(similarity);
        command.SetAction((parsed, token) =>
        {
            MergeModels operation = new([.. parsed.GetRequiredValue(versions).Select(VersionNames.Numbered)], parsed.GetValue(similarity));
            return derive.RunAsync(parsed, operation, token);
        });
        return command;
    }
}
