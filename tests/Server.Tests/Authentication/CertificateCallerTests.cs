using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using TopicGrpc.Server.Tests.Tls;
using TopicGrpc.Testing.Certificates;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Authentication;

/// <summary>Client certificates as credentials.</summary>
public sealed class CertificateCallerTests
{
    [Theory]
    [InlineData("Subject", "CN=batch", "batch", "client.example", true)]
    [InlineData("Subject", "CN=batch", "other", "client.example", false)]
    [InlineData("SubjectAlternativeName", "client.example", "batch", "client.example", true)]
    [InlineData("SubjectAlternativeName", "client.example", "batch", "xclient.example", false)]
    [InlineData("SubjectAlternativeName", "spiffe://example/batch", "batch", "spiffe://example/batch", true)]
    [InlineData("SubjectAlternativeName", "spiffe://example/batch", "batch", "spiffe://example/batch2", false)]
    public async Task Call_Certificate_AuthenticatesIfARuleMatches(string rule, string value, string subject, string name, bool matches)
    {
        await using TlsServer server = await TlsServer.StartAsync(
            certificate: null,
            ("Server:Tls:ClientCertificates", "Allow"),
            ("Authentication:Certificates:0:" + rule, value),
            ("Authentication:Certificates:0:Role", "reader"));
        using X509Certificate2 certificate = server.Authority.Issue(subject, TestAuthority.ClientUsage, name);
        using GrpcChannel channel = server.Connect(client: certificate);
        using GrpcChannel without = server.Connect();

        if (matches)
        {
            await TlsServer.CallAsync(channel);
            await Refusal.ExpectAsync(
                StatusCode.PermissionDenied,
                "ROLE_REQUIRED",
                async () => await new CorpusService.CorpusServiceClient(channel).CreateCorpusAsync(
                    new CreateCorpusRequest { CorpusId = "c" }, cancellationToken: TestContext.Current.CancellationToken));
        }
        else
        {
            await Refusal.ExpectAsync(StatusCode.Unauthenticated, "CREDENTIALS_INVALID", () => TlsServer.CallAsync(channel));
        }

        await Refusal.ExpectAsync(StatusCode.Unauthenticated, "CREDENTIALS_MISSING", () => TlsServer.CallAsync(without));
    }
}
