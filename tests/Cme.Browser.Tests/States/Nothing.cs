namespace Cme.Browser.Tests.States;

/// <summary>The pages of those who see cases, before there is one.</summary>
internal sealed class Nothing(Gallery gallery)
{
    public async Task SeeAsync()
    {
        await using (var dsl = await gallery.SignInAsync("dsl-900001"))
        {
            await dsl.OpenAsync("/schools/900001/board", "/work", "/schools/900001", "/schools/900001/roll", "/schools/900001/pictures", "/schools/900001/calendar", "/wall/school/900001");
        }
        await using (var plain = await gallery.SignInAsync("dsl-900001", script: false)) { await plain.OpenAsync("/schools/900001/board?", "/wall/school/900001?"); }
        await using var lead = await gallery.SignInAsync("cme-lead");
        await lead.OpenAsync("/lead", "/lead/due/2026-09-12", "/desk", "/wall/desk", "/pictures", "/restricted", "/referrals", "/audit?record=none", "/calendar");
    }
}
