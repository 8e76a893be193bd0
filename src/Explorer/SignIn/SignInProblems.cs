using Microsoft.AspNetCore.Http;
using TopicGrpc.Explorer.Parts;
using TopicGrpc.Explorer.Sessions;

namespace TopicGrpc.Explorer.SignIn;

/// <summary>Addresses and texts of problems of a sign-in.</summary>
internal static class SignInProblems
{
    /// <summary>Redirects the browser to the sign-in page, which describes the problem.</summary>
    public static void Redirect(HttpContext context, SignInProblem problem) =>
        context.Response.Redirect($"{context.Request.PathBase}/sign-in?problem={problem}");

    /// <summary>Returns the description of a problem in an address; null for none.</summary>
    public static Failure? Find(string? text) =>
        text is { Length: > 0 } && char.IsAsciiLetter(text[0]) && Enum.TryParse(text, out SignInProblem problem) ? Describe(problem) : null;

    private static Failure Describe(SignInProblem problem) => problem switch
    {
        SignInProblem.Unreachable => new Failure(
            "The identity provider does not answer", "Retry later, or sign in with an API key.", [], IsTransient: true),
        SignInProblem.Denied => new Failure("The sign-in was denied", "The identity provider did not let you in.", []),
        SignInProblem.NotAccepted => new Failure(
            "The server does not accept the token of the identity provider",
            "The token needs the audience of the server and a claim with a role. Ask the operator of the server.",
            []),
        SignInProblem.ServerUnavailable => new Failure("The server does not answer", "Retry later.", [], IsTransient: true),
        SignInProblem.Full => Failure.OfInput(new TooManySessionsException(SessionStore.MaxSessions).Message),
        _ => new Failure(
            "The sign-in was not completed", "It took too long, began in another browser, or its answer was not valid. Sign in again.", []),
    };
}
