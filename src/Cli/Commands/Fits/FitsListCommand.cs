using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Fits;

/// <summary><c>fits list</c>: lists fits, newest first.</summary>
internal static class FitsListCommand
{
    public static Command Create(CliContext context)
    {
        Option<string?> model = new("--model") { Description = "Only fits of this model. Default: all fits." };
        Option<int> count = new("--count")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = "Most fits to list, 1 or more.",
            DefaultValueFactory = static _ => 20,
        };
        return SingleCall.Complete(
            context,
            new Command("list", "Lists fits and derivations, newest first.") { model, count },
            async (client, parsed, token) =>
                await client.Fits.ListAsync(parsed.GetValue(model), token).Take(parsed.GetValue(count)).ToListAsync(token),
            static (terminal, fits) => terminal.Write(FitTable.Of(fits)));
    }
}
