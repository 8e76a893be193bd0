using Microsoft.AspNetCore.Http;

namespace TopicGrpc.Explorer.Sessions;

/// <summary>Sets the user of each request from its cookie.</summary>
internal sealed class SessionMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.User = SessionCookie.ToUser(SessionCookie.Read(context));
        return next(context);
    }
}
