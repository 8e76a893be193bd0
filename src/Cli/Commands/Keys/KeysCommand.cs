using System.CommandLine;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Keys;

/// <summary><c>keys</c>: manages the API keys of a server.</summary>
internal static class KeysCommand
{
    public static Command Create(CliContext context) =>
        new("keys", "Manages API keys: create, list, rotate, revoke. The first key is created with --data, without a server.")
        {
            KeysCreateCommand.Create(context),
            KeysListCommand.Create(context),
            KeysRotateCommand.Create(context),
            KeysRevokeCommand.Create(context),
        };
}
