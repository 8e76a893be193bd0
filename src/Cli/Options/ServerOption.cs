using System.CommandLine;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Cli.Options;

/// <summary><c>--server</c>: address of the server, and the credentials for it, by default from the environment.</summary>
/// <param name="context">Reads the environment variables.</param>
/// <param name="otherwise">Default named in the help when neither option nor variable is set.</param>
internal sealed class ServerOption(CliContext context, string otherwise = ServerAddress.Default)
{
    private readonly Option<string?> _address = new("--server")
    {
        Description = $"Address of the server, host:port or http://host:port. Default: the variable {ServerAddress.Variable}, otherwise "
            + $"{otherwise}.",
    };

    private readonly CredentialOptions _credentials = new(context);

    public void AddTo(Command command)
    {
        command.Add(_address);
        _credentials.AddTo(command);
    }

    /// <summary>Returns the address; null if neither option nor variable is set.</summary>
    public Uri? Given(ParseResult parsed) =>
        (parsed.GetValue(_address) ?? context.Variable(ServerAddress.Variable)) is { Length: > 0 } text ? ServerAddress.Parse(text) : null;

    /// <summary>Returns what configures a client with the credentials that are given.</summary>
    public Action<TopicGrpcClientOptions> Configure(ParseResult parsed) => _credentials.Read(parsed);

    /// <summary>Connects to the given server, by default to <see cref="ServerAddress.Default"/>.</summary>
    public ServerConnection Connect(ParseResult parsed) => ConnectTo(Given(parsed) ?? new Uri(ServerAddress.Default), parsed);

    /// <summary>Connects to a server with the credentials that are given.</summary>
    public ServerConnection ConnectTo(Uri address, ParseResult parsed) => ServerConnection.To(address, _credentials.Read(parsed));
}
