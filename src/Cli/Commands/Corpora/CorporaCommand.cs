using System.CommandLine;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Corpora;

/// <summary><c>corpora</c>: the corpora of a server. Without a subcommand it lists them.</summary>
internal static class CorporaCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string?> corpus = new("corpus")
        {
            Description = "Corpus to show, with the texts that fits leave out. Default: all corpora.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Command command = new("corpora", "Lists corpora. Subcommands list, show, change and delete them, and erase documents.")
        {
            corpus,
            CorporaListCommand.Create(context),
            CorporaShowCommand.Create(context),
            CorporaDeleteCommand.Create(context),
            CorporaEraseCommand.Create(context),
            CorporaErasureCommand.Create(context),
            CorporaUpdateCommand.Create(context),
        };
        CorporaListCommand.AddTo(command, context, corpus);
        return command;
    }
}
