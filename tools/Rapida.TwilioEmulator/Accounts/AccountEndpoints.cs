namespace Rapida.TwilioEmulator.Accounts;

internal static class AccountEndpoints
{
    /// <summary>The part of Twilio's REST API that belongs to one account; every path under it is authenticated.</summary>
    public static RouteGroupBuilder MapAccounts(this IEndpointRouteBuilder app)
    {
        var accounts = app.MapGroup("/2010-04-01/Accounts").AddEndpointFilter<RestAuthentication>();
        accounts.MapGet("{accountSid}.json", Show).WithMetadata(new NeedsAuthToken());
        app.MapFallback("/2010-04-01/{**rest}", (HttpRequest request) => RestError.NotFound(request.Path));
        return accounts.MapGroup("{accountSid}");
    }

    private static IResult Show(string accountSid, AccountDirectory accounts)
    {
        var account = accounts[accountSid];
        return Results.Ok(new
        {
            account.Sid,
            account.FriendlyName,
            Status = "active",
            Type = "Full",
            OwnerAccountSid = account.OwnerSid,
            account.AuthToken,
            DateCreated = TwilioTime.Rfc2822(account.CreatedAt),
            DateUpdated = TwilioTime.Rfc2822(account.CreatedAt),
            Uri = account.Uri + ".json",
            SubresourceUris = new
            {
                Calls = account.Uri + "/Calls.json",
                IncomingPhoneNumbers = account.Uri + "/IncomingPhoneNumbers.json",
            },
        });
    }
}
