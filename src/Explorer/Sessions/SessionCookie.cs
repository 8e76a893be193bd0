using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace TopicGrpc.Explorer.Sessions;

/// <summary>The cookie with the id of a session, and the claim that carries the id to the components.</summary>
internal static class SessionCookie
{
    private const string Name = "topicgrpc-explorer";
    private const string ClaimName = "session";

    /// <summary>Returns the id that a browser sent; empty: none.</summary>
    public static string Read(HttpContext context) => context.Request.Cookies[Name] ?? "";

    /// <summary>Sets the id.</summary>
    public static void Write(HttpContext context, string id) => context.Response.Cookies.Append(Name, id, Options(context));

    /// <summary>Deletes the id.</summary>
    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    /// <summary>Returns the user of a request. Blazor hands it to the components of the circuit.</summary>
    public static ClaimsPrincipal ToUser(string id) => new(new ClaimsIdentity([new Claim(ClaimName, id)]));

    /// <summary>Returns the id of a user; empty: none.</summary>
    public static string IdOf(ClaimsPrincipal user) => user.FindFirst(ClaimName)?.Value ?? "";

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
    };
}
