using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using TopicGrpc.Explorer.Hosting;

namespace TopicGrpc.Explorer.SignIn;

/// <summary>Addresses of the sign-in at an identity provider: its start, the answer of the provider, and the sign-out there.</summary>
internal sealed class ProviderMiddleware(
    RequestDelegate next, ExplorerOptions explorer, IOptionsMonitor<OpenIdConnectOptions> options, ILogger<ProviderMiddleware> logger)
{
    /// <summary>Name of the options of the handler.</summary>
    public const string Scheme = "oidc";

    /// <summary>Address to which the provider sends the browser.</summary>
    public const string CallbackPath = "/signed-in";

    private const string StartPath = "/sign-in/provider";
    private const string SignOutPath = "/sign-out/provider";

    private static readonly AuthenticationScheme Handler = new(Scheme, displayName: null, typeof(OpenIdConnectHandler));

    public Task InvokeAsync(HttpContext context) => (explorer.Oidc.IsEnabled, context.Request.Path.Value) switch
    {
        (true, StartPath) => StartAsync(context),
        (true, CallbackPath) => CompleteAsync(context),
        (true, SignOutPath) => SignOutAsync(context),
        _ => next(context),
    };

    private async Task StartAsync(HttpContext context)
    {
        OpenIdConnectHandler handler = await CreateAsync(context);
        try
        {
            await handler.ChallengeAsync(new AuthenticationProperties
            {
                RedirectUri = LocalPath.Of(context.Request.Query["return"]),
            });
        }
        catch (Exception exception) when (IsOfProvider(exception, context))
        {
            Log.ProviderUnreachable(logger, explorer.Oidc.Authority, exception.Message);
            SignInProblems.Redirect(context, SignInProblem.Unreachable);
        }
    }

    private async Task CompleteAsync(HttpContext context)
    {
        OpenIdConnectHandler handler = await CreateAsync(context);
        if (!await handler.HandleRequestAsync())
        {
            await next(context);
        }
    }

    // Logout by the relying party (OpenID Connect RP-Initiated Logout 1.0). The session of the page has ended before.
    private async Task SignOutAsync(HttpContext context)
    {
        try
        {
            OpenIdConnectConfiguration provider =
                await options.Get(Scheme).ConfigurationManager!.GetConfigurationAsync(context.RequestAborted);
            string page = explorer.Oidc.PageAddress is { Length: > 0 } address
                ? address
                : $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}/";
            context.Response.Redirect(string.IsNullOrEmpty(provider.EndSessionEndpoint)
                ? $"{context.Request.PathBase}/sign-in"
                : new OpenIdConnectMessage
                {
                    EnableTelemetryParameters = false,
                    IssuerAddress = provider.EndSessionEndpoint,
                    ClientId = explorer.Oidc.ClientId,
                    PostLogoutRedirectUri = page + "sign-in",
                }.CreateLogoutRequestUrl());
        }
        catch (Exception exception) when (IsOfProvider(exception, context))
        {
            Log.ProviderUnreachable(logger, explorer.Oidc.Authority, exception.Message);
            SignInProblems.Redirect(context, SignInProblem.Unreachable);
        }
    }

    private static async Task<OpenIdConnectHandler> CreateAsync(HttpContext context)
    {
        OpenIdConnectHandler handler = context.RequestServices.GetRequiredService<OpenIdConnectHandler>();
        await handler.InitializeAsync(Handler, context);
        return handler;
    }

    // The configuration manager reports a provider that does not answer as an invalid operation.
    private static bool IsOfProvider(Exception exception, HttpContext context) =>
        !context.RequestAborted.IsCancellationRequested
        && exception is InvalidOperationException or HttpRequestException or IOException or OperationCanceledException;
}
