using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Keys;

namespace TopicGrpc.Cli.Commands.Keys;

/// <summary><c>keys rotate</c>: gives a key a new secret.</summary>
internal static class KeysRotateCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> key = new("key") { Description = "Id of the key." };
        Option<int> overlap = new("--overlap-hours")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = "Hours for which the old secret stays valid, 0 to 720.",
            DefaultValueFactory = static _ => 24,
        };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("rotate", "Gives a key a new secret and prints it. The old one stays valid for a time.") { key, overlap };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            var time = TimeSpan.FromHours(parsed.GetValue(overlap));
            string id = parsed.GetRequiredValue(key);
            IssuedKey issued = await connection.CallAsync(client => client.Keys.RotateAsync(id, time, token));
            Terminal terminal = json.Context(parsed).Terminal;
            terminal.Line($"secret: {issued.Secret}");
            terminal.Line(issued.Key.OverlapEnd is { } end
                ? FormattableString.Invariant($"The old secret is valid until {end:u}.")
                : "The old secret is no longer valid.");
            await json.WriteAsync(parsed, new { key = issued.Key.Name, issued.Secret, issued.Key.OverlapEnd });
            return ExitCodes.Ok;
        });
        return command;
    }
}
