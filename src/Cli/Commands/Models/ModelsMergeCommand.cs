using System.CommandLine;
using TopicGrpc.Cli.Names;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Operations;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models merge</c>: makes one model of several that share an encoder.</summary>
internal static class ModelsMergeCommand
{
    public static Command Create(CliContext context)
    {
        DerivationOptions derive = new(context);
        Argument<string[]> versions = new("version") { Description = "Versions to join with it, by number: sport@2 press@7. 1 to 16.", Arity = ArgumentArity.OneOrMore };
        Option<double> similarity = new("--min-similarity") { Description = "Least cosine of two topics for them to be one, -1 to 1.", DefaultValueFactory = _ => 0.7 };
        Command command = new("merge", "Makes a version of several: topics that resemble none so far are added, documents of the others join the most similar one.");
        derive.AddTo(command);
        command.Add(versions);
        command.Add(similarity);
        command.SetAction((parsed, token) =>
            derive.RunAsync(parsed, new MergeModels([.. parsed.GetRequiredValue(versions).Select(VersionNames.Numbered)], parsed.GetValue(similarity)), token));
        return command;
    }
}
