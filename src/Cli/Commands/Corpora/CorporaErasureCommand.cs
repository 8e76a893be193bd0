using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Corpora;

/// <summary><c>corpora erasure</c>: shows the receipt of an erasure.</summary>
internal static class CorporaErasureCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> corpus = new("corpus") { Description = "Id of the corpus." };
        Argument<string> erasure = new("erasure") { Description = "Id of the erasure, as corpora erase prints it." };
        Command command = new("erasure", "Shows the receipt of an erasure: what was found where, and when its bytes were removed.")
        {
            corpus, erasure,
        };
        return SingleCall.Complete(
            context,
            command,
            (client, parsed, token) => client.Corpora.GetErasureAsync(
                parsed.GetRequiredValue(corpus), parsed.GetRequiredValue(erasure), token),
            ErasureText.Write);
    }
}
