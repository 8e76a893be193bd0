namespace TopicGrpc.Explorer.SignIn;

/// <summary>
/// Why a sign-in at the identity provider failed. Addresses name the problem, so that no address can carry a text of its own.
/// </summary>
internal enum SignInProblem
{
    /// <summary>The provider does not answer.</summary>
    Unreachable,

    /// <summary>The answer of the provider belongs to no sign-in of this browser, or is not valid.</summary>
    Incomplete,

    /// <summary>The provider or the visitor denied the sign-in.</summary>
    Denied,

    /// <summary>The server rejects the token of the provider.</summary>
    NotAccepted,

    /// <summary>The server does not answer.</summary>
    ServerUnavailable,

    /// <summary>The page has its largest number of sessions.</summary>
    Full,
}
