using System.CommandLine;
using System.CommandLine.Parsing;
using TopicGrpc.Cli;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Docs.Tests;

/// <summary>Every call of <c>topicgrpc</c> in the documents parses with the command line of the tool; nothing is executed.</summary>
public sealed class ToolCommandTests
{
    private const int FewestCalls = 20;

    [Fact]
    public void Documents_EveryToolCommand_Parses()
    {
        ToolCommand[] commands =
        [
            .. Repository.Documents()
                .SelectMany(static file => MarkdownCode.Read(file, Repository.Read(file)))
                .SelectMany(ToolCommand.Find),
            .. Repository.Scripts().SelectMany(static file => ToolCommand.FindInComments(file, Repository.Read(file))),
        ];

        string[] wrong = [.. commands.Select(Problem).OfType<string>()];

        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
        Assert.True(commands.Length >= FewestCalls, $"Only {commands.Length} calls were found.");
        Assert.Contains(commands, static command => command.Source.StartsWith("samples/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("```sh\ntopicgrpc predict news \"a b\"   # comment\n```")]
    [InlineData("```sh\ndotnet run -c Release --project src/Cli -- fit a.csv \\\n    --predict 'it is' && topicgrpc models > list\n```")]
    [InlineData("Call `topicgrpc fit` or `topicgrpc topics\nhierarchy`, then `topicgrpc models rollback news stable`.")]
    public void Find_RightCommands_ParseWithoutAnError(string markdown)
    {
        ToolCommand[] commands = Find(markdown);

        Assert.NotEmpty(commands);
        Assert.All(commands, static command => Assert.Null(Problem(command)));
    }

    [Theory]
    [InlineData("```sh\n\ntopicgrpc predict\n```", "doc.md:3: topicgrpc predict: ")]
    [InlineData("```sh\ntopicgrpc models label a@1 b \\\n  --force\n```", "doc.md:2: topicgrpc models label a@1 b --force: ")]
    [InlineData("```console\ntopicgrpc serve; topicgrpc serve --port many\n```", "doc.md:2: topicgrpc serve --port many: ")]
    [InlineData("text\nand `topicgrpc refit`", "doc.md:2: topicgrpc refit: ")]
    [InlineData("`topicgrpc serve --port`", "doc.md:1: topicgrpc serve --port: ")]
    [InlineData("`topicgrpc predict --json`", "doc.md:1: topicgrpc predict --json: ")]
    public void Find_WrongCommand_IsReportedWithItsLine(string markdown, string expected)
    {
        string problem = Assert.Single(Find(markdown).Select(Problem).OfType<string>());

        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
    }

    private static ToolCommand[] Find(string markdown) =>
        [.. MarkdownCode.Read("doc.md", markdown).SelectMany(ToolCommand.Find)];

    private static string? Problem(ToolCommand command)
    {
        CliContext context = new(Terminal.Silent, TextWriter.Null, TextWriter.Null, static _ => null, TimeProvider.System);
        ParseResult parsed = CommandLine.Root(context).Parse(command.Arguments);
        bool namesCommand = command.IsMention && parsed.Tokens.All(static token => token.Type == TokenType.Command);
        string errors = string.Join(' ', parsed.Errors.Select(static error => error.Message));
        return parsed.Errors.Count == 0 || namesCommand
            ? null
            : $"{command.Source}: topicgrpc {string.Join(' ', command.Arguments)}: {errors}";
    }
}
