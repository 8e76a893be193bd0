using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Tests.Commands;

/// <summary>The help of every command describes each argument and option, with its default.</summary>
public sealed class HelpTests
{
    private const int FewestCommands = 27;

    private static readonly CliContext Context = new(
        Terminal.Silent,
        TextWriter.Null,
        TextWriter.Null,
        static _ => null,
        TimeProvider.System);

    private static readonly (string Path, Command Command)[] Commands = [.. Walk("topicgrpc", CommandLine.Root(Context))];

    [Fact]
    public void Symbols_Description_IsSentences()
    {
        string[] wrong =
        [
            .. from command in Commands
               from symbol in Symbols(command.Command)
               where symbol.Description is not { Length: > 0 } text || !text.EndsWith('.') || text.Contains("  ", StringComparison.Ordinal)
               select $"{command.Path} {symbol.Name}: {symbol.Description}",
        ];

        Assert.Empty(wrong);
        Assert.True(Commands.Length >= FewestCommands, $"Only {Commands.Length} commands were found.");
    }

    [Fact]
    public void OptionalSymbols_Help_NamesTheDefault()
    {
        string[] options =
        [
            .. from command in Commands
               from option in Symbols(command.Command).OfType<Option>()
               where option is not Option<bool> && option is { Required: false, HasDefaultValue: false } && !NamesDefault(option)
               select $"{command.Path} {option.Name}: {option.Description}",
        ];
        string[] arguments =
        [
            .. from command in Commands
               from argument in command.Command.Arguments
               where argument is { Arity.MinimumNumberOfValues: 0, HasDefaultValue: false } && !NamesDefault(argument)
               select $"{command.Path} {argument.Name}: {argument.Description}",
        ];

        Assert.Empty(options);
        Assert.Empty(arguments);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("fit", "--help")]
    [InlineData("models", "traffic", "--help")]
    public async Task Help_AnyCommand_IsWrittenWithCodeZero(params string[] arguments)
    {
        CliRun run = await CliRun.OfAsync(arguments);

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Errors));
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_Root_ListsTheExitCodes()
    {
        CliRun run = await CliRun.OfAsync("--help");

        Assert.Contains(ExitCodes.Description, run.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"{ExitCodes.Ok} success, {ExitCodes.Failed} failure, {ExitCodes.BadInput} invalid",
            ExitCodes.Description,
            StringComparison.Ordinal);
        Assert.Contains($"{ExitCodes.Cancelled} interrupted", ExitCodes.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_Subcommand_OmitsTheArgumentsOfItsParent()
    {
        CliRun parent = await CliRun.OfAsync("models", "--help");
        CliRun child = await CliRun.OfAsync("models", "delete", "--help");

        Assert.Contains(" models [<model>] ", parent.Output, StringComparison.Ordinal);
        Assert.Contains(" models delete <version> [options]", child.Output, StringComparison.Ordinal);
    }

    // An option that only some kinds of charts use says for which it is required.
    private static bool NamesDefault(Symbol symbol) =>
        symbol.Description!.Contains("Default", StringComparison.Ordinal)
        || symbol.Description.Contains("Required for", StringComparison.Ordinal);

    // The root command adds --help and --version, whose texts are those of System.CommandLine.
    private static IEnumerable<Symbol> Symbols(Command command) =>
        [command, .. command.Arguments, .. command.Options.Where(static option => option.Action is null)];

    private static IEnumerable<(string Path, Command Command)> Walk(string path, Command command) =>
        [(path, command), .. command.Subcommands.SelectMany(child => Walk($"{path} {child.Name}", child))];
}
