using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using TopicGrpc.Explorer.Hosting;

namespace TopicGrpc.Explorer.SignIn;

/// <summary>
/// Registers the handler of OpenID Connect without the authentication services of ASP.NET Core: those would add middleware to the pipeline
/// of the host, in front of every call of the contract.
/// </summary>
internal static class ProviderRegistration
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddProvider(this IServiceCollection services)
    {
        services.AddWebEncoders();
        services.AddSingleton<ProviderEvents>();
        services.AddTransient<OpenIdConnectHandler>();
        services.AddSingleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>();
        services.AddOptions<OpenIdConnectOptions>(ProviderMiddleware.Scheme)
            .Configure<ExplorerOptions, ProviderEvents, TimeProvider>(Configure);
        return services;
    }

    private static void Configure(OpenIdConnectOptions target, ExplorerOptions explorer, ProviderEvents events, TimeProvider clock)
    {
        OidcOptions given = explorer.Oidc;
        target.Authority = given.Authority;
        target.ClientId = given.ClientId;
        target.ClientSecret = OidcRules.ReadSecret(given);
        target.RequireHttpsMetadata = !given.AllowHttp;
        target.Scope.Clear();
        foreach (string scope in given.RequestedScopes)
        {
            target.Scope.Add(scope);
        }

        target.ResponseType = OpenIdConnectResponseType.Code;
        target.ResponseMode = OpenIdConnectResponseMode.Query;
        target.CallbackPath = ProviderMiddleware.CallbackPath;
        target.MapInboundClaims = false;
        target.SaveTokens = true;
        target.DisableTelemetry = true;
        target.BackchannelTimeout = Timeout;
        target.Events = events;
        target.TimeProvider = clock;

        // The provider answers by a redirect, with which browsers send Lax cookies. The default, None, needs TLS.
        foreach (CookieBuilder cookie in new[] { target.CorrelationCookie, target.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }
    }
}
