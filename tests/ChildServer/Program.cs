using TopicGrpc.Server;
using TopicGrpc.Testing;

// A server with the fake encoder in a process of its own, for tests that kill it or limit its resources. Arguments: data folder, then
// options as key=value. It ends when its input ends.
using FakeEmbedder embedder = new();
await using ServerHost host = await ServerHost.StartAsync(
    new ServerSettings
    {
        DataDirectory = args[0],
        Embedder = embedder,
        Configuration = args.Skip(1)
            .Select(static option => option.Split('=', 2))
            .ToDictionary(static pair => pair[0], static pair => (string?)pair[1]),
    },
    CancellationToken.None);
await Console.Out.WriteLineAsync(host.Address.ToString());
await Console.In.ReadToEndAsync();
