using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Server.Keys;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Access;

/// <summary>Keys of a test server, and calls with them.</summary>
internal static class KeyedServer
{
    /// <summary>Creates a key in the server's store.</summary>
    public static (string Id, string Secret) CreateKey(
        this TestServer server,
        Role role,
        string models = "*",
        string corpora = "*",
        Action<ApiKey>? change = null)
    {
        ApiKey key = new() { DisplayName = "test", Role = role, ModelPatterns = { models }, CorpusPatterns = { corpora } };
        change?.Invoke(key);
        (KeyEntry created, string secret) = server.Services.GetRequiredService<KeyStore>().Create(key);
        return (created.Row.Id, secret);
    }

    /// <summary>Returns an invoker whose calls have a header; null: no header.</summary>
    public static CallInvoker With(this TestServer server, string? secret, string header = "authorization") =>
        server.Channel.Intercept(metadata =>
        {
            if (secret is not null)
            {
                metadata.Add(header, header == "authorization" ? "Bearer " + secret : secret);
            }

            return metadata;
        });

    /// <summary>Returns the names of all fits that a caller sees.</summary>
    public static async Task<string[]> FitNamesAsync(CallInvoker caller)
    {
        ListFitsResponse response = await new FitService.FitServiceClient(caller).ListFitsAsync(
            new ListFitsRequest(), cancellationToken: TestContext.Current.CancellationToken);
        return [.. response.Fits.Select(static fit => fit.Name)];
    }
}
