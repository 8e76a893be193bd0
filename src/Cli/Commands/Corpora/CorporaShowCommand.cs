using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Corpora;

/// <summary><c>corpora show</c>: shows one corpus.</summary>
internal static class CorporaShowCommand
{
    public static Command Create(CliContext context)
    {
        CorpusArgument corpus = new();
        Command command = new("show", "Shows one corpus: documents, size, and whether stored documents are damaged.");
        corpus.AddTo(command);
        return SingleCall.Complete(
            context,
            command,
            (client, parsed, token) => client.Corpora.GetAsync(corpus.Read(parsed), token),
            static (terminal, info) => CorpusTable.WriteWithQuarantine(terminal, [info]));
    }
}
