using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Authentication;

namespace TopicGrpc.Server.Tests.Authentication;

/// <summary>The check of tokens under a clock of the test.</summary>
internal sealed class Authenticated : IDisposable
{
    private readonly SigningKeys _keys;

    public Authenticated(TestIssuer issuer, TimeProvider clock)
    {
        IOptions<AuthenticationOptions> options = Options.Create(new AuthenticationOptions
        {
            Jwt = new JwtOptions { Authority = issuer.Address, AllowHttp = true, Audience = TestIssuer.Audience },
        });
        _keys = new SigningKeys(options, clock, NullLogger<SigningKeys>.Instance);
        Tokens = new JwtCallers(options, _keys, clock);
    }

    public JwtCallers Tokens { get; }

    public void Dispose() => _keys.Dispose();
}
