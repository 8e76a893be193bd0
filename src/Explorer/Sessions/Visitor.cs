using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;

namespace TopicGrpc.Explorer.Sessions;

/// <summary>Finds the session of a request or of a circuit.</summary>
internal sealed class Visitor(AuthenticationStateProvider users, SessionStore sessions)
{
    /// <summary>Returns the session of a circuit; null if the visitor has to sign in.</summary>
    public async Task<Session?> FindAsync(CancellationToken cancellationToken)
    {
        AuthenticationState state = await users.GetAuthenticationStateAsync();
        return await FindAsync(SessionCookie.IdOf(state.User), cancellationToken);
    }

    /// <summary>Returns the session of a request; null if the visitor has to sign in.</summary>
    public Task<Session?> FindAsync(HttpContext context) => FindAsync(SessionCookie.IdOf(context.User), context.RequestAborted);

    private async Task<Session?> FindAsync(string id, CancellationToken cancellationToken) =>
        id.Length > 0 && sessions.Find(id) is { } session ? session : await sessions.FindAnonymousAsync(cancellationToken);
}
