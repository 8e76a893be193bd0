using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Testing.Certificates;
using TopicGrpc.V1;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// A running server with a certificate and API keys, and its clients. Clients do not retry, so that failed calls are visible.
/// </summary>
internal sealed class SecuredServer : IAsyncDisposable
{
    private readonly TestAuthority _authority;
    private readonly DirectoryInfo _folder;
    private readonly ServerChild _process;

    private SecuredServer(TestAuthority authority, DirectoryInfo folder, ServerChild process)
    {
        _authority = authority;
        _folder = folder;
        _process = process;
    }

    /// <summary>Starts a server. It needs credentials as soon as the first key is created.</summary>
    public static async Task<SecuredServer> StartAsync(ServerArguments arguments, CancellationToken cancellationToken)
    {
        TestAuthority authority = new("Load CA");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("topicgrpc-certificates-");
        await File.WriteAllTextAsync(CaFile(folder), authority.Pem, cancellationToken);
        Issue(authority, "first", CertificateFile(folder));
        return new SecuredServer(
            authority,
            folder,
            await ServerChild.StartAsync(arguments with { CertificateFile = CertificateFile(folder) }, cancellationToken));
    }

    /// <summary>Creates a key and returns its secret.</summary>
    public Task<string> CreateKeyAsync(KeyOrder key, CancellationToken cancellationToken) =>
        _process.CreateKeyAsync(key, cancellationToken);

    /// <summary>Returns the processor time of the server process, in seconds.</summary>
    public async Task<double> ProcessorSecondsAsync(CancellationToken cancellationToken) =>
        (await _process.StateAsync(collect: false, cancellationToken)).ProcessorSeconds;

    /// <summary>Replaces the certificate file of the server.</summary>
    /// <param name="subject">Common name of the new certificate.</param>
    public void Rotate(string subject) => Issue(_authority, subject, CertificateFile(_folder));

    /// <summary>Returns a client of the SDK with a key.</summary>
    public TopicGrpcClient Connect(string secret)
    {
        TopicGrpcClientOptions options = new()
        {
            Address = _process.Address,
            CaFile = CaFile(_folder),
            ApiKey = secret,
            ReadTimeout = TimeSpan.FromSeconds(30),
        };
        options.Retry.Enabled = false;
        return new TopicGrpcClient(options);
    }

    /// <summary>Returns a channel of gRPC, for stubs that read trailers.</summary>
    /// <param name="seen">Receives the subject of the server's certificate with each new connection; null for none.</param>
    public GrpcChannel Open(Action<string>? seen = null) =>
        GrpcChannel.ForAddress(_process.Address, new GrpcChannelOptions { HttpHandler = Handler(seen), DisposeHttpClient = true });

    /// <summary>Returns a stub whose calls have a key.</summary>
    public static PredictionService.PredictionServiceClient StubOf(GrpcChannel channel, string secret) => new(channel.Intercept(metadata =>
    {
        metadata.Add("authorization", "Bearer " + secret);
        return metadata;
    }));

    /// <summary>Returns a client of HTTP/1.1 whose requests have a key.</summary>
    public HttpClient OpenHttp(string secret)
    {
#pragma warning disable CA2000 // The client disposes its handler.
        HttpClient client = new(Handler(seen: null)) { BaseAddress = _process.Address };
#pragma warning restore CA2000
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string CaFile(DirectoryInfo folder) => Path.Combine(folder.FullName, "ca.pem");

    private static string CertificateFile(DirectoryInfo folder) => Path.Combine(folder.FullName, "tls.pem");

    private static void Issue(TestAuthority authority, string subject, string path)
    {
        using X509Certificate2 certificate = authority.Issue(subject, TestAuthority.ServerUsage);
        TestAuthority.Write(certificate, path);
    }

    private SocketsHttpHandler Handler(Action<string>? seen)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(_authority.Pem);
        return new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = policy,
                RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                {
                    seen?.Invoke(certificate?.Subject ?? string.Empty);
                    return errors == SslPolicyErrors.None;
                },
            },
        };
    }
}
