using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using TopicGrpc.Client.Errors;
using TopicGrpc.Explorer.Hosting;
using TopicGrpc.Explorer.Sessions;

namespace TopicGrpc.Explorer.SignIn;

/// <summary>
/// Turns a sign-in at the provider into a session of the page. The handler has checked state, nonce, PKCE, signature and issuer before.
/// </summary>
internal sealed class ProviderEvents(ExplorerOptions options, SessionStore sessions, ILogger<SessionToken> logger) : OpenIdConnectEvents
{
    private readonly OidcOptions _oidc = options.Oidc;

    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        if (!string.IsNullOrEmpty(_oidc.PageAddress))
        {
            context.ProtocolMessage.RedirectUri = _oidc.PageAddress.TrimEnd('/') + context.Options.CallbackPath;
        }

        return Task.CompletedTask;
    }

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        context.HandleResponse();
        AuthenticationProperties tokens = context.Properties!;
        string name = _oidc.Token == OidcToken.Id ? OpenIdConnectParameterNames.IdToken : OpenIdConnectParameterNames.AccessToken;
        if (tokens.GetTokenValue(name) is not { Length: > 0 } token)
        {
            Log.SignInFailed(logger, $"The provider issued no {name}.");
            SignInProblems.Redirect(context.HttpContext, SignInProblem.Incomplete);
            return;
        }

        string? refresh = tokens.GetTokenValue(OpenIdConnectParameterNames.RefreshToken);
        SessionToken source = new((OpenIdConnectOptions)context.Options, _oidc.Token, token, refresh, logger);
        if (await OpenAsync(context.HttpContext, source) is { } problem)
        {
            SignInProblems.Redirect(context.HttpContext, problem);
            return;
        }

        await ContinuePage.WriteAsync(context.HttpContext, LocalPath.Of(context.ReturnUri));
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HandleResponse();
        SignInProblems.Redirect(context.HttpContext, SignInProblem.Denied);
        return Task.CompletedTask;
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        Log.SignInFailed(logger, context.Failure?.Message ?? "");
        bool isUnreachable = context.Failure is HttpRequestException or OperationCanceledException
            || context.Failure?.InnerException is HttpRequestException or IOException;
        SignInProblems.Redirect(context.HttpContext, isUnreachable ? SignInProblem.Unreachable : SignInProblem.Incomplete);
        return Task.CompletedTask;
    }

    /// <summary>Opens the session and sets its cookie; returns why that failed.</summary>
    private async Task<SignInProblem?> OpenAsync(HttpContext context, SessionToken token)
    {
        try
        {
            string id = await sessions.OpenAsync(token.GetAsync, context.RequestAborted);
            sessions.Close(SessionCookie.Read(context));
            SessionCookie.Write(context, id);
            return null;
        }
        catch (UnauthenticatedException)
        {
            return SignInProblem.NotAccepted;
        }
        catch (TopicGrpcException exception)
        {
            Log.SignInFailed(logger, exception.Message);
            return SignInProblem.ServerUnavailable;
        }
        catch (TooManySessionsException)
        {
            return SignInProblem.Full;
        }
    }
}
