using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Server.Tls;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Certificates;

namespace TopicGrpc.Server.Tests.Tls;

/// <summary>Certificate files are replaced while the server runs.</summary>
public sealed class CertificateReloadTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TlsOptions Options => new() { CertificateFile = _folder.At("tls.pem") };

    [Fact]
    public void Reload_NewPair_IsUsed()
    {
        Issue("first", Options.CertificateFile!);
        using TlsCertificates certificates = new(Options, _clock, NullLogger<TlsCertificates>.Instance);
        Issue("second", Options.CertificateFile!);

        Assert.Equal("CN=first", Subject(certificates));
        _clock.Advance(Options.ReloadInterval);

        Assert.Equal("CN=second", Subject(certificates));
    }

    [Theory]
    [InlineData("not a certificate")]
    [InlineData("")]
    [InlineData(null)]
    public void Reload_BadFile_KeepsTheOldPairUntilAGoodOneComes(string? content)
    {
        string path = Options.CertificateFile!;
        Issue("first", path);
        using TlsCertificates certificates = new(Options, _clock, NullLogger<TlsCertificates>.Instance);
        if (content is null)
        {
            File.Delete(path);
        }
        else
        {
            File.WriteAllText(path, content);
        }

        _clock.Advance(Options.ReloadInterval);
        Assert.Equal("CN=first", Subject(certificates));

        Issue("second", path);
        _clock.Advance(Options.ReloadInterval);
        Assert.Equal("CN=second", Subject(certificates));
    }

    [Fact]
    public void Reload_KeyOfAnotherCertificate_KeepsTheOldPair()
    {
        TlsOptions options = Options with { KeyFile = _folder.At("key.pem") };
        Issue("first", options.KeyFile);
        File.Copy(options.KeyFile, options.CertificateFile!);
        using TlsCertificates certificates = new(options, _clock, NullLogger<TlsCertificates>.Instance);

        Issue("second", options.CertificateFile!);
        _clock.Advance(options.ReloadInterval);
        Assert.Equal("CN=first", Subject(certificates));

        File.Copy(options.CertificateFile!, options.KeyFile, overwrite: true);
        _clock.Advance(options.ReloadInterval);
        Assert.Equal("CN=second", Subject(certificates));
    }

    [Fact]
    public void Reload_SymbolicLinkSwapped_IsFound()
    {
        // Kubernetes mounts a secret as links into a folder, and replaces the folder's own link.
        Directory.CreateDirectory(_folder.At("v1"));
        Directory.CreateDirectory(_folder.At("v2"));
        Issue("first", _folder.At("v1/tls.pem"));
        Issue("second", _folder.At("v2/tls.pem"));
        Directory.CreateSymbolicLink(_folder.At("data"), _folder.At("v1"));
        TlsOptions options = new() { CertificateFile = _folder.At("data/tls.pem") };
        using TlsCertificates certificates = new(options, _clock, NullLogger<TlsCertificates>.Instance);

        Directory.Delete(_folder.At("data"));
        Directory.CreateSymbolicLink(_folder.At("data"), _folder.At("v2"));
        _clock.Advance(options.ReloadInterval);

        Assert.Equal("CN=second", Subject(certificates));
    }

    [Fact]
    public async Task Reload_CallsRunMeanwhile_NoneFails()
    {
        await using TlsServer server = await TlsServer.StartAsync();
        using GrpcChannel old = server.Connect();
        await TlsServer.CallAsync(old);
        string seen = await SubjectOfNewConnectionAsync(server);
        using (X509Certificate2 next = server.Authority.Issue("next", TestAuthority.ServerUsage))
        {
            TestAuthority.Write(next, server.CertificateFile);
        }

        var watch = Stopwatch.StartNew();
        int calls = 0;
        while (seen != "CN=next" && watch.Elapsed < TimeSpan.FromSeconds(30))
        {
            seen = await SubjectOfNewConnectionAsync(server);
            await TlsServer.CallAsync(old);
            calls++;
        }

        Assert.Equal("CN=next", seen);
        Assert.True(calls > 0);
        await TlsServer.CallAsync(old);
    }

    [Fact]
    public async Task Reload_SeveralTimesUnderConcurrentCalls_NoneFailsAndNewConnectionsSeeEachCertificate()
    {
        const int Callers = 4;
        await using TlsServer server = await TlsServer.StartAsync();
        using GrpcChannel old = server.Connect();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<int>[] callers =
        [
            .. Enumerable.Range(0, Callers).Select(number => Task.Run(
                async () =>
                {
                    // Half of the callers keep a connection, the others open one for each call.
                    int calls = 0;
                    for (; !done.IsCancellationRequested; calls++)
                    {
                        _ = number % 2 == 0 ? (await TlsServer.CallAsync(old)).ServerVersion : await SubjectOfNewConnectionAsync(server);
                    }

                    return calls;
                },
                Token)),
        ];
        for (int number = 1; number <= 3; number++)
        {
            string name = FormattableString.Invariant($"rotated-{number}");
            using (X509Certificate2 next = server.Authority.Issue(name, TestAuthority.ServerUsage))
            {
                TestAuthority.Write(next, server.CertificateFile);
            }

            var watch = Stopwatch.StartNew();
            string seen;
            do
            {
                seen = await SubjectOfNewConnectionAsync(server);
            }
            while (seen != "CN=" + name && watch.Elapsed < TimeSpan.FromSeconds(30));

            Assert.Equal("CN=" + name, seen);
        }

        await done.CancelAsync();
        Assert.All(await Task.WhenAll(callers), static calls => Assert.True(calls > 0));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private static async Task<string> SubjectOfNewConnectionAsync(TlsServer server)
    {
        string subject = "";
        using SocketsHttpHandler handler = TlsServer.Handler(server.Authority);
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            subject = certificate!.Subject;
            return errors == System.Net.Security.SslPolicyErrors.None;
        };
        using var channel = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions { HttpHandler = handler });
        await TlsServer.CallAsync(channel);
        return subject;
    }

    private static string Subject(TlsCertificates certificates) => certificates.Current.Server.TargetCertificate.Subject;

    private void Issue(string subject, string path)
    {
        using X509Certificate2 certificate = _authority.Issue(subject, TestAuthority.ServerUsage);
        TestAuthority.Write(certificate, path);
    }
}
